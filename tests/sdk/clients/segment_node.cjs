// Sends events with @segment/analytics-node: HOST KEY COUNT.
const { Analytics } = require('@segment/analytics-node')

const [host, writeKey, total] = process.argv.slice(2)
const count = Number(total)
const failures = []
const client = new Analytics({ writeKey, host })
client.on('error', (error) => failures.push(error))

async function main() {
  client.identify({ userId: 'sdk-node', traits: { email: 'sdk.node@exemple.fr' } })
  const start = Date.now()
  for (let n = 0; n < count; n += 1) {
    const own = n % 2 === 0
    const told = own ? start - n * 60000 : Date.now()
    const properties = { sdk: 'segment-node', n, told_s: told / 1000 }
    const timestamp = own ? new Date(told) : undefined
    client.track({ userId: 'sdk-node', event: 'Box Restarted', properties, timestamp })
    if (n % 150 === 149) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await client.flush({ close: true, timeout: 120000 })
  if (failures.length) throw new Error(`not sent: ${failures.length} ${failures[0].reason}`)
}

main().catch((error) => { console.error(error.message); process.exit(1) })
