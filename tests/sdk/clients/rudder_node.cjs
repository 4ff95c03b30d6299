// Sends events with @rudderstack/rudder-sdk-node: HOST KEY COUNT.
const RudderAnalytics = require('@rudderstack/rudder-sdk-node')

const [dataPlaneUrl, key, total] = process.argv.slice(2)
const count = Number(total)
const failures = []
let delivered = 0
const client = new RudderAnalytics(key, {
  dataPlaneUrl,
  logLevel: 'none',
  retryCount: 5,
  errorHandler: (error) => failures.push(error),
})

async function main() {
  client.identify({ userId: 'sdk-rudder', traits: { email: 'sdk.rudder@exemple.fr' } })
  const start = Date.now()
  for (let n = 0; n < count; n += 1) {
    const own = n % 2 === 0
    const told = own ? start - n * 60000 : Date.now()
    const properties = { sdk: 'rudder-node', n, told_s: told / 1000 }
    const message = { userId: 'sdk-rudder', event: 'Box Restarted', properties }
    const timed = own ? { ...message, timestamp: new Date(told) } : message
    client.track(timed, (error) => { if (!error) delivered += 1 })
    if (n % 100 === 99) await client.flush()
  }
  // Batches under way are told by their callbacks only: flush() waits for the last one.
  for (let turn = 0; turn < 3000 && delivered + failures.length < count; turn += 1) {
    if (client.queue.length) await client.flush()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  if (delivered < count) throw new Error(`delivered: ${delivered} of ${count}`)
  if (failures.length) throw new Error(`not sent: ${failures.length} ${failures[0].message}`)
}

main().then(() => process.exit(0)).catch((error) => { console.error(error.message); process.exit(1) })
