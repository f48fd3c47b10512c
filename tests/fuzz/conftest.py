"""The fuzz targets are programs: importing one instruments what it reads with."""

collect_ignore_glob = ["fuzz_*.py"]
