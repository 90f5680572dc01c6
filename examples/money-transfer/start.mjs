/** `ENTENTE_URL=… CLIENT_ID=bank CLIENT_SECRET=… node start.mjs` */
import { createBank } from './bank.mjs'

const { ENTENTE_URL = 'http://localhost:8480', CLIENT_ID = 'bank', CLIENT_SECRET = '', PORT = '8080' } = process.env
if (CLIENT_SECRET === '') {
  console.error('CLIENT_SECRET is missing: the secret of the app, which the answer that made it showed once.')
  process.exit(2)
}
const baseUrl = `http://localhost:${PORT}`
const { server } = createBank({ issuer: ENTENTE_URL, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, baseUrl })
server.listen(Number(PORT), '127.0.0.1', () => console.log(`The bank is open: ${baseUrl}`))
