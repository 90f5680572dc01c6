/**
 * The four functions of the metadata proposal that the injector inside @peculiar/x509 looks for before it lets itself be
 * loaded. Import this file before that package. Nothing here is used by our own code.
 */
const metadata = new WeakMap<object, Map<unknown, unknown>>()

function defineMetadata(key: unknown, value: unknown, target: object): void {
  const own = metadata.get(target) ?? new Map<unknown, unknown>()
  metadata.set(target, own.set(key, value))
}

function getOwnMetadata(key: unknown, target: object): unknown {
  return metadata.get(target)?.get(key)
}

function getMetadata(key: unknown, target: object): unknown {
  for (let at: unknown = target; typeof at === 'object' || typeof at === 'function'; at = Object.getPrototypeOf(at)) {
    if (at === null) return undefined
    if (metadata.get(at)?.has(key) === true) return getOwnMetadata(key, at)
  }
  return undefined
}

function hasOwnMetadata(key: unknown, target: object): boolean {
  return metadata.get(target)?.has(key) === true
}

// A real polyfill that came first stays.
if (!('getMetadata' in Reflect)) {
  Object.assign(Reflect, { defineMetadata, getOwnMetadata, getMetadata, hasOwnMetadata })
}
