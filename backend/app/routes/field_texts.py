"""The texts below the fields of answers' models, read from the source when a document is made.

Pydantic would read them whenever the program starts, which takes twice as long as making them.
"""

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from app.routes.answers.base import Answer

Texts = dict[str, dict[str, str]]


def texts_by_model() -> Texts:
    """Model -> field -> text, inherited ones too."""
    found: Texts = {}
    for model in _models(Answer):
        texts: dict[str, str] = {}
        for base in reversed(model.__mro__):
            if issubclass(base, Answer):
                texts |= _texts_in(base.__module__).get(base.__name__, {})
        found[model.__name__] = texts
    return found


def _models(model: type[Answer]) -> Iterator[type[Answer]]:
    yield model
    for child in model.__subclasses__():
        yield from _models(child)


@cache
def _texts_in(module: str) -> Texts:
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: dict(_fields(node)) for node in tree.body if isinstance(node, ast.ClassDef)}


def _fields(model: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, text in pairwise(model.body):
        match field, text:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(words))),
            ):
                yield name, inspect.cleandoc(words)
