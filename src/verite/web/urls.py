"""The addresses of the pages."""

from __future__ import annotations

from django.urls import path

from verite.web.accounts import council, members
from verite.web.accounts import pages as accounts
from verite.web.alerts import pages as alerts
from verite.web.api import pages as api
from verite.web.card import pages as card
from verite.web.cockpit import pages as cockpit
from verite.web.collector import view as collector
from verite.web.customers import lists
from verite.web.customers import pages as customers
from verite.web.effort import pages as effort
from verite.web.events import pages as events
from verite.web.evidence import pages as evidence
from verite.web.experience import pages as experience
from verite.web.feeling import pages as feeling
from verite.web.identical import pages as identical
from verite.web.inside import pages as inside
from verite.web.listen import pages as listen
from verite.web.map import pages as map_pages
from verite.web.measure import pages as measure
from verite.web.moments import files as moment_files
from verite.web.moments import pages as moments
from verite.web.moments import saying
from verite.web.promises import pages as promises
from verite.web.promises import writing
from verite.web.rights import pages as rights
from verite.web.sources import pages as sources
from verite.web.status import metrics
from verite.web.status import pages as status
from verite.web.touchpoints import pages as touchpoints
from verite.web.unify import pages as unify
from verite.web.webhooks import pages as webhooks

urlpatterns = [
    path("", cockpit.cockpit),
    path("listen", listen.listen),
    path("listen/replay", listen.replay),
    path("listen/quarantine", listen.quarantine),
    path("listen/quarantine/export.<str:kind>", listen.export_quarantine),
    path("listen/events", events.events),
    path("listen/sources", sources.sources),
    path("listen/sources/<str:name>/renew", sources.renew),
    path("listen/sources/<str:name>/secret", sources.new_secret),
    path("listen/sources/<str:name>/origins", sources.change_origins),
    path("listen/sources/<str:name>/close", sources.close),
    path("listen/sources/<str:name>", sources.source),
    path("listen/<str:token>", listen.import_page),
    path("unify", unify.unify),
    path("unify/decide", unify.decide),
    path("unify/propose", unify.propose),
    path("customers", lists.customers),
    path("customers/<str:person>", customers.customer),
    path("customers/<str:person>/export", rights.export),
    path("customers/<str:person>/erase", rights.erase),
    path("rights", rights.rights),
    path("rights/receipt", rights.receipt),
    path("customers/<str:person>/card", customers.hand_over),
    path("customers/<str:person>/card/<int:number>/revoke", customers.take_back),
    path("card/<str:token>", card.card),
    path("map", map_pages.journey),
    path("map/activate", map_pages.activate),
    path("moments", moments.moments),
    path("moments/export.<str:kind>", moments.export_moments),
    path("moments/<path:key>/say", saying.say_of),
    path("moments/<path:key>/undo", saying.undo),
    path("moments/<path:key>/curve.svg", moment_files.export_curve),
    path("moments/<path:key>", moments.moment),
    path("alerts", alerts.alerts),
    path("feeling", feeling.feeling),
    path("feeling/fit", feeling.fit_again),
    path("experience", experience.experience),
    path("experience/export.<str:kind>", experience.export_experience),
    path("experience/<str:name>.svg", experience.export_drawing),
    path("identical", identical.identical),
    path("identical/export.<str:kind>", identical.export_identical),
    path("identical/values", inside.values),
    path("identical/values/export.<str:kind>", inside.export_values),
    path("identical/answers", inside.answers),
    path("identical/answers/export.<str:kind>", inside.export_answers),
    path("identical/items.<str:kind>", inside.export_items),
    path("identical/<str:name>.svg", identical.export_drawing),
    path("promises", promises.promises),
    path("promises/write", writing.write),
    path("promises/file", writing.take_file),
    path("promises/export.<str:kind>", promises.export_promises),
    path("promises/<str:key>/withdraw", writing.withdraw),
    path("promises/<str:key>/<str:at>", promises.slot),
    path("measure", measure.measures),
    path("measure/export.<str:kind>", measure.export_measures),
    path("measure/targets", measure.targets),
    path("effort", effort.effort),
    path("effort/export.<str:kind>", effort.export_effort),
    path("interactions", evidence.interactions),
    path("interactions/export.<str:kind>", evidence.export_interactions),
    path("touchpoints/<path:key>/owner", touchpoints.owner),
    path("touchpoints/<path:key>", touchpoints.touchpoint),
    path("v1/<path:call>", collector.collect),
    path("api/openapi.json", api.openapi),
    path("api/<str:name>", api.answer),
    path("sign-in", accounts.sign_in),
    path("sign-in/<str:token>", accounts.sign_in_by_link),
    path("sign-out", accounts.sign_out),
    path("account", accounts.account),
    path("members", members.members),
    path("members/change", members.change),
    path("members/keys", members.keys),
    path("members/council", council.council),
    path("webhooks", webhooks.webhooks),
    path("webhooks/deliveries/<int:delivery>", webhooks.again),
    path("webhooks/<int:target>/<str:what>", webhooks.change),
    path("status", status.status),
    path("healthz", status.healthz),
    path("readyz", status.readyz),
    path("metrics", metrics.metrics),
]

handler400 = "verite.web.errors.bad_request"
handler403 = "verite.web.errors.refused"
handler404 = "verite.web.errors.not_found"
handler500 = "verite.web.errors.failed"
