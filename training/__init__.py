"""Training of what ships: each room rebuilds one set of weights from ../shared/data with one command."""
