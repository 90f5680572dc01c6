/** The floor of reading: Fastify answering one small JSON object that it has at hand, and nothing else. */
import Fastify from 'fastify'

const answer = JSON.parse(process.env.BENCH_ANSWER ?? '')

const app = Fastify()
app.get('/object', async () => answer)
app.get('/cpu', async () => process.cpuUsage())
await app.listen({ port: Number(process.env.BENCH_PORT), host: '127.0.0.1' })
process.stdout.write('ready\n')
process.on('SIGTERM', () => process.exit(0)) // so that --cpu-prof writes its profile
