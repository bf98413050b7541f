"""One module for each lexicon: the struct that its entries must fit."""
