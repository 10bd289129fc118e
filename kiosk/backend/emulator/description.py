"""The API's OpenAPI document, as it is kept at docs/backend-api.yaml.

python -m kiosk.backend.emulator.description > docs/backend-api.yaml
"""

import sys
from typing import Any

import yaml

from kiosk.backend.emulator.app import API
from kiosk.backend.reply import ANSWER_TYPE, PROBLEM_TYPE

_ABOUT = """
What the social security kiosks ask and tell the backend. JSON over HTTPS; mutual TLS in production.

- A refusal is a problem document (RFC 9457) with a stable `code`. Only a 422 refuses a transaction for good.
- A visit's token goes into the Authorization header; its part before the dot is the visit's number in the
  address.
- Every POST that tells something has an Idempotency-Key. The same key with the same content gets the first
  answer again; with another content it is refused.
- Amounts are in fen, months are written YYYY-MM, times have their offset (RFC 3339).
- Enumerations may grow only with a new version of the API; unknown fields of an answer are passed over.
"""


def describe() -> dict[str, Any]:
    """Return the OpenAPI document."""
    document = API.openapi()
    document["info"]["description"] = _ABOUT.strip()
    _untitle(document)
    for path in document["paths"].values():
        for operation in path.values():
            _mend(operation["responses"])
    for unused in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(unused, None)
    return document


def described() -> str:
    """Return the document as YAML."""
    return yaml.dump(describe(), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as it reads."""


_Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style="|" if "\n" in text else None
    ),
)


def _untitle(part: object) -> None:
    """Take out the titles that only repeat a field's name."""
    if isinstance(part, dict):
        if isinstance(part.get("title"), str) and "version" not in part:
            del part["title"]
        for each in part.values():
            _untitle(each)
    elif isinstance(part, list):
        for each in part:
            _untitle(each)


def _mend(responses: dict[str, Any]) -> None:
    """Take out the web framework's own 422, and give problems their media type."""
    validation = responses.get("422", {})
    if validation.get("description") == "Validation Error":
        del responses["422"]
    for status, response in responses.items():
        if status >= "400" and ANSWER_TYPE in response.get("content", {}):
            response["content"] = {PROBLEM_TYPE: response["content"][ANSWER_TYPE]}


if __name__ == "__main__":
    sys.stdout.write(described())
