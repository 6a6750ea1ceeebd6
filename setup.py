"""Compiles the linker where a C compiler is at hand; all else stands in pyproject.toml.

The same source runs as Python where it is not compiled, only slower, and what stands in
`geo/linking/c/` has counterparts in Python. ``FOURZONES_PURE=1`` leaves it so. Where it was left
so, ``geo/linking`` has no ``.so`` files.
"""

import os
from pathlib import Path

from setuptools import Extension, setup

# What is public stays as it is: a compiled function has no docstring.
COMPILED = ["geo/remembered.py"] + [
    f"geo/linking/{name}.py"
    for name in (
        "around", "article", "candidates", "context", "deciding", "directions", "furniture",
        "grammar", "letters", "lists", "names", "pattern", "regions", "respelt", "search", "shapes",
        "spelling",
    )
]  # fmt: skip


def extensions() -> list[object]:
    """Return what is to be compiled: nothing where that cannot be done."""
    if os.environ.get("FOURZONES_PURE"):
        return []
    made = [
        Extension(
            "geo.linking.scan",
            sorted(map(str, Path("geo/linking/c").glob("*.c"))),
            depends=["geo/linking/c/scan.h"],
            extra_compile_args=["-O3", "-fvisibility=hidden"] if os.name == "posix" else [],
        )
    ]
    try:
        from mypyc.build import mypycify

        made += mypycify(
            ["--config-file=", "--ignore-missing-imports", "--follow-imports=silent", *COMPILED],
            opt_level="3",
            debug_level="0",
            group_name="geo.linking.compiled",
        )
    except ImportError:
        pass
    for one in made:
        one.optional = True
        if os.name == "posix":  # what is public here is replaced by nobody: calls may be direct
            one.extra_compile_args += ["-fno-semantic-interposition"]
    return made


setup(ext_modules=extensions())
