/** Checked before anything else is imported, so that an old Node says one clear sentence instead of a syntax error. */
const MINIMUM = [20, 19]

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1])) {
  process.stderr.write(
    `Entente needs Node.js ${MINIMUM.join('.')} or newer; this is ${process.versions.node}. Install a current one and run the command again.\n`,
  )
  process.exit(1)
}
