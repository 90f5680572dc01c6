/** How the suite speaks with this face. SigningKey is not among its collections: the same keys are everybody's. */
import type { Specimen } from '../testing/specimen.ts'
import { manifests } from './index.ts'
import { list, member, text } from './testing/members.ts'
import { organizations } from './testing/organization-collection.ts'
import { apps, domains, persons } from './testing/people-collections.ts'
import { servicePrincipals, trusts } from './testing/principal-collections.ts'
import { stepUpProviders, workforceIdentityProviders, workloadProviders } from './testing/provider-collections.ts'
import { auditRecords, decisions, stepUpTransactions } from './testing/record-collections.ts'

export const manifestsSpecimen: Specimen = {
  face: manifests,
  collections: [
    organizations,
    servicePrincipals,
    workloadProviders,
    trusts,
    workforceIdentityProviders,
    stepUpProviders,
    decisions,
    auditRecords,
    stepUpTransactions,
    apps,
    persons,
    domains,
  ],
  isError: (status, body) =>
    text(body, 'kind') === 'Status' &&
    text(body, 'status') === 'Failure' &&
    member(body, 'code') === status &&
    text(body, 'reason') !== '' &&
    list(body, 'details', 'causes').length > 0,
  fieldsOf: (body) => list(body, 'details', 'causes').map((cause) => text(cause, 'field')),
}
