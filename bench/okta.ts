/** The simulated OpenID Provider as a process of its own, on the core of the load, with more people than anybody remembers. */
import { createAuthority } from '../simulators/certificates.ts'
import { okta } from '../simulators/people/okta.ts'

const PEOPLE = 500

const authority = await createAuthority()
const people = Array.from({ length: PEOPLE }, (_, index) => ({
  login: `person-${index}`,
  name: `Person ${index}`,
  email: `person-${index}@corp.example`,
  isEmailVerified: true,
  groups: ['staff'],
  company: 'Corp',
}))
const login = await okta.start({ authority, people, now: () => new Date() })
const { connectTo, port, registration } = login
process.send?.({ caPem: authority.caPem, connectTo, port, registration, people: people.map(({ email }) => email) })
process.on('disconnect', () => process.exit(0))
