"""The process that Spark's Python workers fork from: what every worker needs is imported here once, and shared by all."""

from __future__ import annotations

import numpy
import pandas
import pyarrow.parquet
import spacy
import trafilatura
from pyspark.daemon import manager

import counterclaim.scale.archive

__all__ = ["counterclaim", "manager", "numpy", "pandas", "pyarrow", "spacy", "trafilatura"]

if __name__ == "__main__":
    manager()
