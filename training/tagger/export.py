"""placeholder."""
def export(a, b): pass
