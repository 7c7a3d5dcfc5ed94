"""Runs the tests in this folder: `python run.py [part of a test's name ...]`. Ends with `N passed, N failed`."""

import os
import sys
import unittest
from pathlib import Path

FOLDER = Path(__file__).parent


def main():
    if "LOCAL_POOL_BIN" not in os.environ:
        sys.exit("LOCAL_POOL_BIN has to name the local pool's program: cargo build -p local-pool")
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]  # whose settings are for the real service
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1"
    sys.path.insert(0, str(FOLDER))
    loader = unittest.TestLoader()
    words = [word.replace("-", "_").replace(" ", "_") for word in sys.argv[1:]]
    loader.testNamePatterns = [f"*{word}*" for word in words] or None
    modules = sorted(file.stem for file in FOLDER.glob("test_*.py"))
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(loader.loadTestsFromNames(modules))
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    passed = result.testsRun - len(result.failures) - len(result.skipped)
    passed -= sum(isinstance(test, unittest.TestCase) for test, _ in result.errors)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
