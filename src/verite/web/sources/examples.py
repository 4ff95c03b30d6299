"""What to paste into a program so that it sends: one example per client, with the address here."""

from __future__ import annotations

from dataclasses import dataclass

from verite.words.live import LiveSource, Scope

KEY = "WRITE_KEY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A few lines for one client."""

    name: str
    code: str


def examples(source: LiveSource, address: str, key: str = KEY) -> tuple[Example, ...]:
    """Those that fit what the source may send. `address` is where this home is served."""
    found: list[Example] = []
    if source.scopes & {Scope.TRACK, Scope.IDENTIFY, Scope.PAGE, Scope.SCREEN}:
        found += [_python(address, key), _node(address, key), _rudder(address, key)]
        found.append(_curl(address, key))
        if source.origins:
            found.append(_page(address, key))
    if Scope.CLOUDEVENTS in source.scopes:
        found.append(_cloudevents(address, key))
    return tuple(found)


def _python(address: str, key: str) -> Example:
    return Example(
        name="Python · segment-analytics-python",
        code=f"""import segment.analytics as analytics

analytics.write_key = "{key}"
analytics.host = "{address}"
analytics.track("u-42", "Order Completed", {{"order_id": "O-1", "value": 49.9}})
analytics.flush()""",
    )


def _node(address: str, key: str) -> Example:
    return Example(
        name="Node · @segment/analytics-node",
        code=f"""import {{ Analytics }} from "@segment/analytics-node";

const analytics = new Analytics({{ writeKey: "{key}", host: "{address}" }});
analytics.track({{ userId: "u-42", event: "Order Completed", properties: {{ order_id: "O-1" }} }});
await analytics.closeAndFlush();""",
    )


def _rudder(address: str, key: str) -> Example:
    return Example(
        name="Node · @rudderstack/rudder-sdk-node",
        code=f"""import RudderAnalytics from "@rudderstack/rudder-sdk-node";

const client = new RudderAnalytics("{key}", {{ dataPlaneUrl: "{address}" }});
client.track({{ userId: "u-42", event: "Order Completed", properties: {{ order_id: "O-1" }} }});
client.flush();""",
    )


def _curl(address: str, key: str) -> Example:
    return Example(
        name="curl",
        code=f"""curl -u {key}: {address}/v1/track -d '{{
  "userId": "u-42", "event": "Order Completed", "messageId": "order-1",
  "timestamp": "2026-01-31T09:00:00Z", "properties": {{"order_id": "O-1"}}
}}'""",
    )


def _page(address: str, key: str) -> Example:
    """The key in a body of text: browsers send it without a question first, even on leaving."""
    return Example(
        name="Web · navigator.sendBeacon",
        code=f"""navigator.sendBeacon("{address}/v1/batch", JSON.stringify({{
  writeKey: "{key}", sentAt: new Date().toISOString(), batch: [{{
    type: "track", event: "Order Completed", anonymousId: "visitor-7",
    messageId: crypto.randomUUID(), timestamp: new Date().toISOString(),
  }}],
}}));""",
    )


def _cloudevents(address: str, key: str) -> Example:
    return Example(
        name="CloudEvents · curl",
        code=f"""curl -H "Authorization: Bearer {key}" {address}/v1/cloudevents \\
  -H "Content-Type: application/cloudevents+json" -d '{{
  "specversion": "1.0", "id": "1", "source": "/shop", "type": "order.completed",
  "subject": "user:u-42", "time": "2026-01-31T09:00:00Z", "data": {{"order_id": "O-1"}}
}}'""",
    )
