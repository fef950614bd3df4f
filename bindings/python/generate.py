"""Writes the package's generated files from what the built module says of itself.

`generate.py FOLDER`, where FOLDER holds _renraku.so: writes records.py (a dataclass a record),
errors.py (an exception a kind) and _renraku.pyi (the types of the compiled functions) beside it.
"""

import pathlib
import sys
import textwrap

HEADING = '"""{}\n\nGenerated from the C++ descriptions by bindings/python/generate.py."""\n\n'
WIDTH = 100


def docstring(text, indent):
    text = text.replace("\\", "\\\\").replace("`", "")
    lines = text.split("\n")
    if len(lines) == 1 and len(text) + len(indent) + 6 <= WIDTH:
        return f'{indent}"""{text}"""\n'
    return "".join(f"{indent}{line}".rstrip() + "\n" for line in ['"""' + lines[0], *lines[1:], '"""'])


def comment(text, indent):
    lines = textwrap.wrap(text.replace("\n", " ").replace("`", ""), WIDTH - len(indent) - 2)
    return "".join(f"{indent}#: {line}\n" for line in lines)


def exports(names):
    return "\n__all__ = [\n" + "".join(f'    "{name}",\n' for name in names) + "]\n"


def enum_source(name, about, values):
    """A type of the texts that an enumeration has."""
    out = "\n" + comment(about, "")
    for value, note in values:
        if note:
            out += f"#: {value}: {note}\n"
    texts = ", ".join(f'"{value}"' for value, _ in values)
    line = f"{name} = Literal[{texts}]\n"
    if len(line) > WIDTH:
        line = f"{name} = Literal[\n" + textwrap.fill(
            texts, WIDTH, initial_indent="    ", subsequent_indent="    ") + ",\n]\n"
    return out + line


def default_source(type_text, default, given):
    if type_text.startswith("list["):
        return " = field(default_factory=list)"
    if default:
        return f" = {default}"
    if type_text in given:
        return ""
    return f" = field(default_factory={type_text})"


def record_source(name, about, fields, given):
    """The dataclass of a record; `given` are the types of which a value has to be given, and the
    record is one of them where a field of it is."""
    out = f"\n\n@dataclass(slots=True, kw_only=True)\nclass {name}(Record):\n"
    out += docstring(about or "Its fields say it.", "    ") + "\n"
    for field_name, type_text, default, note in fields:
        out += comment(note, "    ")
        source = default_source(type_text, default, given)
        if not source:
            given.add(name)
        if field_name in ("password", "private_key"):
            source = f" = field(default={default}, repr=False)"
        out += f"    {field_name}: {type_text}{source}\n"
    return out


def records_module(described):
    out = HEADING.format("The records that go in and come out: plain dataclasses.")
    out += "from dataclasses import dataclass, field\n"
    out += "from datetime import datetime, timezone\n"
    out += "from typing import Literal\n\n"
    out += "from .record import AnyDate, Record\n\n"
    out += "EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)\n"
    out += "".join(enum_source(*enum) for enum in described["enums"])
    given = {"AnyDate"}
    out += "".join(record_source(*record, given) for record in described["records"])
    return out + exports([name for name, *_ in described["enums"] + described["records"]])


def errors_module(described):
    out = HEADING.format("What can go wrong: one exception class a kind.")
    out += "from .error import Error\n"
    classes = []
    for code, name, message in described["errors"]:
        class_name = "".join(part.capitalize() for part in name.split("_"))
        classes.append((code, class_name))
        out += f'\n\nclass {class_name}(Error):\n    """{message}"""\n\n'
        out += f'    code = {code}\n    name = "{name}"\n    message_ja = "{message}"\n'
    out += "\n\nBY_CODE: dict[int, type[Error]] = {\n"
    out += "".join(f"    {code}: {name},\n" for code, name in classes) + "}\n"
    return out + exports([name for _, name in classes])


def functions_stub(described):
    """Types of the compiled module, class by class."""
    enums = [name for name, _, _ in described["enums"]]
    records = [name for name, _, _ in described["records"]]
    out = "from collections.abc import Callable\nfrom os import PathLike\n"
    out += "from types import ModuleType\n\n"
    out += "from .error import Error\nfrom .page import Page\nfrom .record import AnyDate\n"
    out += "from .records import (\n"
    out += "".join(f"    {name},\n" for name in [*enums, *records]) + ")\n"
    by_class = {}
    for class_name, name, text in described["functions"]:
        by_class.setdefault(class_name, []).append(f"def {name}{text}: ...\n")
    for class_name, functions in by_class.items():
        if class_name:
            of = class_name if class_name in ("Store", "Region") else "Session"
            out += f"\nclass {class_name}:\n    def __init__(self, of: {of}) -> None: ...\n"
        else:
            out += "\n"
        out += "".join(("    " if class_name else "") + function for function in functions)
    out += "\ndef describe() -> dict[str, object]: ...\n"
    out += "def bind_package(\n    records: ModuleType, errors: dict[int, type[Error]],\n"
    out += "    page: Callable[..., object], partial_date: type, cell_text: Callable[[object], str],\n"
    out += "    log: Callable[[str, str, str], None],\n"
    return out + ") -> None: ...\n"


def main(folder):
    folder = pathlib.Path(folder)
    sys.path.insert(0, str(folder))
    import _renraku

    described = _renraku.describe()
    for name, text in (("records.py", records_module(described)),
                       ("errors.py", errors_module(described)),
                       ("_renraku.pyi", functions_stub(described))):
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
