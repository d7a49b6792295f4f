"""The network of things and links: as a graph, and as a page."""
