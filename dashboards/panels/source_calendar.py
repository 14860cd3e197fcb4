"""A source's calendar in words: a crontab line of Hong Kong time, as these sources write it."""

from __future__ import annotations

from dashboards.i18n import Words

DAYS = {
    "mon": "format.weekday_mon",
    "tue": "sources.weekday_tue",
    "wed": "format.weekday_wed",
    "thu": "sources.weekday_thu",
    "fri": "format.weekday_fri",
    "sat": "sources.weekday_sat",
    "sun": "format.weekday_sun",
}


def calendar_said(schedule: str, words: Words) -> str:
    """Return *schedule* in words; one that these words cannot tell stands as it was written."""
    minute, hour, *days, weekday = schedule.split()
    if days != ["*", "*"] or not all(day in DAYS for day in weekday.split(",") if weekday != "*"):
        return schedule
    if hour == "*" and weekday == "*" and minute.startswith("*/"):
        return words.t("sources.every_minutes", n=minute.removeprefix("*/"))
    if not minute.isdecimal() or not hour.replace(",", "").isdecimal():
        return schedule
    times = words.listing(f"{int(one):02d}:{int(minute):02d}" for one in hour.split(","))
    if weekday == "*":
        return words.t("sources.daily_at", times=times)
    named = words.listing(words.t(DAYS[day]) for day in weekday.split(","))
    return words.t("sources.weekly_at", days=named, times=times)
