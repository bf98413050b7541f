"""Small PDFs, written by hand: lines of Helvetica at given places."""

from collections.abc import Sequence
from hashlib import md5

Placed = tuple[float, float, float, str]
"""Left, bottom, size and words of a line."""
_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def make_pdf(pages: Sequence[Sequence[Placed]], password: str | None = None, **info: str) -> bytes:
    """A PDF with these lines on its pages; ``info`` is its metadata (Title, Author, CreationDate)."""
    count = len(pages)
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects += [f"<< /Type /Pages /Kids [{kids}] /Count {count} >>"]
    objects += ["<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    for n, lines in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * n} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        drawn = "\n".join(f"BT /F1 {size} Tf {x} {y} Td ({_escaped(words)}) Tj ET" for x, y, size, words in lines)
        objects.append(f"<< /Length {len(drawn.encode('cp1252'))} >>\nstream\n{drawn}\nendstream")
    objects.append("<< " + " ".join(f"/{key} ({_escaped(value)})" for key, value in info.items()) + " >>")
    trailer = f"/Root 1 0 R /Info {len(objects)} 0 R"
    if password is not None:
        objects.append(_encryption(password))
        trailer += f" /Encrypt {len(objects)} 0 R /ID [<00> <00>]"
    out = b"%PDF-1.4\n"
    starts = []
    for number, body in enumerate(objects, 1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{at:010} 00000 n \n" for at in starts)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return out + f"{end}trailer << /Size {len(objects) + 1} {trailer} >>\nstartxref\n{len(out)}\n%%EOF".encode("cp1252")


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _encryption(password: str) -> str:
    """The dictionary of the standard handler, revision 2: only this password opens the file."""
    user = (password.encode() + _PAD)[:32]
    owner = _rc4(md5(user).digest()[:5], user)
    key = md5(user + owner + (-4 & 0xFFFFFFFF).to_bytes(4, "little") + b"\0").digest()[:5]
    return f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{_rc4(key, _PAD).hex()}> /P -4 >>"


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
