import type { PageRequest } from './provider-store.ts'
import type { Credential, ServicePrincipal } from './service-principal.ts'

export interface ServicePrincipalStore {
  /** Faults: principal.id_taken */
  insert(principal: ServicePrincipal): Promise<void>
  get(organisation: string, id: string): Promise<ServicePrincipal | null>
  getByUid(uid: string): Promise<ServicePrincipal | null>
  list(organisation: string, page: PageRequest): Promise<ServicePrincipal[]>
  /** Compare-and-swap on `version - 1`. */
  update(principal: ServicePrincipal): Promise<boolean>
  /** Removes the principal with its credentials and trusts. False when there was none. */
  remove(uid: string): Promise<boolean>
}

export interface CredentialStore {
  /** Faults: credential.id_taken (the caller draws another cutename) */
  insert(credential: Credential): Promise<void>
  /** By cutename, in the whole installation. */
  get(id: string): Promise<Credential | null>
  list(principalUid: string, page: PageRequest): Promise<Credential[]>
  /** Compare-and-swap on `version - 1`. */
  update(credential: Credential): Promise<boolean>
  remove(uid: string): Promise<boolean>
  /** Best effort: keeps the later of the two moments, does not change the version. */
  touch(uid: string, lastUsedAt: Date): Promise<void>
}
