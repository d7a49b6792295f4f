"""Pictures that answer: written as SVG, from the same rows as every other answer."""
