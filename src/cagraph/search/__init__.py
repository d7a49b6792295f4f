"""Search: words in any language and script of the region -> the things that they mean, best first.

`words` brings a text to words that look alike in every script, `index` holds the words of all
things in one piece of bytes, `nearness` tells how far two words are alike, `ranking` puts things in
order, and `gathering` takes the texts of things out of a store. Letters, endings and small words
stand in `letters.json`. Everything but `gathering` is arithmetic on the index and that file, so that
a page without a server can do the same.
"""
