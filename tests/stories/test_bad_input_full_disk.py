"""On a full disk Postwart says so, loses nothing, keeps no token back, and goes on once there is room."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

if sys.platform == "linux":

    def test_a_full_disk_is_told_by_the_api_and_nothing_is_lost(tmp_path: Path) -> None:
        alone = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]
        run = subprocess.run(
            [*alone, sys.executable, "-m", "tests.stories.full_disk", str(tmp_path)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert run.stdout == "told\n", run.stderr
