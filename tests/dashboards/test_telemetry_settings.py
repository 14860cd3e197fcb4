"""Who may read the measures."""

from __future__ import annotations

from ipaddress import ip_address

from dashboards.telemetry_settings import TelemetryFields, networks


def test_by_default_this_machine_alone_reads_the_measures():
    allowed = networks(TelemetryFields().metrics_from)
    assert any(ip_address("127.0.0.1") in network for network in allowed)
    assert any(ip_address("::1") in network for network in allowed)
    assert not any(ip_address("10.0.0.1") in network for network in allowed)


def test_networks_are_separated_by_commas_and_blanks_do_not_matter():
    assert [str(one) for one in networks(" 10.0.0.0/24, ,192.0.2.1 ")] == ["10.0.0.0/24", "192.0.2.1/32"]
