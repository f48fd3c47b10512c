"""`python -m watchfloor_gateway.write_openapi docs` writes docs/openapi.json."""

import json
import sys
from pathlib import Path

from watchfloor_gateway.app import routes
from watchfloor_gateway.openapi import describe


def written() -> str:
    """The description of the HTTP interface as it is committed."""
    return json.dumps(describe(routes()), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (Path(sys.argv[1]) / "openapi.json").write_text(written(), encoding="utf-8")
