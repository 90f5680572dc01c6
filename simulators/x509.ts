/** The library of certificates, after what its injector looks for: asked for here, where nothing can change the order of the two. */
import './reflect-metadata.ts'

export const x509 = await import('@peculiar/x509')
