"""How a visitor's server finds the course as pages: at …/app/, over the same workspace as JupyterLab's."""

import os
import sys
from pathlib import Path

workspace = os.environ.get("COURSEWARE_WORKSPACE", str(Path.home() / "pandas"))

c = get_config()  # noqa: F821
c.ServerProxy.servers = {
    "app": {
        "command": [
            *(sys.executable, "-m", "courseware", "app", "pandas", "--dir", workspace),
            *("--port", "{port}", "--base-url", "{base_url}app/", "--no-browser"),
        ],
        "absolute_url": True,
        "timeout": 180,
        "launcher_entry": {"title": "Data with pandas, as pages"},
    }
}
