"""Sentences as a page shows them, which come from the kernel as a text and its values."""

from kerasviz.protocol.text import Text


def said(sentence):
    if not isinstance(sentence, dict):
        return sentence
    args = {name: said(value) for name, value in sentence["args"].items()}
    return Text(sentence["text"], args, sentence.get("plural"))
