"""Runs the notebooks of this folder cell by cell, as a kernel would, in one process; without pandas or DuckDB it compiles them.

    weir lake views --into views.duckdb
    python3 notebooks/run.py
"""

import importlib.util
import json
import pathlib
import sys

have = all(importlib.util.find_spec(name) for name in ("pandas", "duckdb"))
for notebook in sorted(pathlib.Path(__file__).parent.glob("*.ipynb")):
    names = {"__name__": "__main__"}
    cells = [cell for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    for number, cell in enumerate(cells, 1):
        code = compile("".join(cell["source"]), f"{notebook.name}, code cell {number}", "exec")
        if have:
            exec(code, names)
    print(f"{notebook.name}: {len(cells)} cells {'executed' if have else 'compiled'}", file=sys.stdout)
