#!/usr/bin/env python3
"""Writes the demonstration data beside this script: the same bytes every time."""

import csv
import json
import random
from pathlib import Path

import bank_holidays
import calls
import people
import wards

FOLDER = Path(__file__).parent
SEED = 2026


def write_json(name, value, indent=None):
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    (FOLDER / name).write_text(text + "\n", encoding="utf-8")


def write_wards(features):
    """One ward a line, so that a difference between two versions can be read."""
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    collection = '{"type": "FeatureCollection", "name": "demo_wards", "features": [\n%s\n]}\n'
    (FOLDER / "wards.geojson").write_text(collection % lines, encoding="utf-8")


def write_csv(name, rows):
    with open(FOLDER / name, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main():
    chance = random.Random(SEED)
    features = wards.features(chance)
    councillors = people.councillors(features, chance)
    write_wards(features)
    write_csv("agencies.csv", people.agencies())
    write_csv("councillors.csv", councillors)
    write_csv("calls.csv", calls.calls(features, councillors, chance))
    write_json("bank-holidays.json", bank_holidays.divisions(range(2025, 2029)), indent=1)


if __name__ == "__main__":
    main()
