/**
 * What GitHub Actions says about a workflow run in its ID tokens.
 *
 * Source: GitHub documentation, "OpenID Connect reference", "OIDC token claims" and "subject claims".
 */
import { createHash } from 'node:crypto'
import { numberOf } from './workloads/made-up.ts'

/** GitHub's tokens are valid a little before they are issued. Units: seconds. */
export const NOT_BEFORE_SECONDS = 300

export interface WorkflowRun {
  /** `owner/name`; default `octo-org/payments`. */
  readonly repository?: string
  /** Default `refs/heads/main`. */
  readonly ref?: string
  /** Default `push`. */
  readonly eventName?: string
  /** The file below `.github/workflows`; default `deploy.yml`. */
  readonly workflowFile?: string
  /** Default none. */
  readonly environment?: string
  /** Default `octocat`. */
  readonly actor?: string
  /** Default `private`. */
  readonly visibility?: 'public' | 'private' | 'internal'
  /** What `sub` calls owner and repository by: `names`, the default, or names and `ids` as in repositories made since July 2026. */
  readonly subject?: 'names' | 'ids'
}

/** The claims of a run, without `iss`, `aud` and the times. Every value is a string, as GitHub sends them. */
export function claimsOfRun(run: WorkflowRun = {}): Record<string, string> {
  const repository = run.repository ?? 'octo-org/payments'
  const owner = repository.split('/', 1)[0] ?? repository
  const ref = run.ref ?? 'refs/heads/main'
  const eventName = run.eventName ?? 'push'
  const file = run.workflowFile ?? 'deploy.yml'
  const actor = run.actor ?? 'octocat'
  const sha = createHash('sha1').update(`${repository} ${ref}`).digest('hex')
  const workflowRef = `${repository}/.github/workflows/${file}@${ref}`
  return {
    sub: subjectOf(run.subject === 'ids' ? withIds(repository) : repository, ref, eventName, run.environment),
    ref,
    sha,
    repository,
    repository_owner: owner,
    repository_owner_id: numberOf(owner),
    run_id: numberOf(`${repository} ${ref} run`),
    run_number: '42',
    run_attempt: '1',
    repository_visibility: run.visibility ?? 'private',
    repository_id: numberOf(repository),
    actor_id: numberOf(actor),
    actor,
    workflow: file.replace(/\.ya?ml$/, ''),
    head_ref: eventName === 'pull_request' ? 'feature' : '',
    base_ref: eventName === 'pull_request' ? 'main' : '',
    event_name: eventName,
    ref_protected: ref === 'refs/heads/main' ? 'true' : 'false',
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    workflow_ref: workflowRef,
    workflow_sha: sha,
    job_workflow_ref: workflowRef,
    job_workflow_sha: sha,
    runner_environment: 'github-hosted',
    ...(run.environment === undefined ? {} : { environment: run.environment }),
  }
}

/** `owner@id/name@id` */
function withIds(repository: string): string {
  const [owner = '', name = ''] = repository.split('/')
  return `${owner}@${numberOf(owner)}/${name}@${numberOf(repository)}`
}

function subjectOf(repository: string, ref: string, eventName: string, environment: string | undefined): string {
  if (environment !== undefined) return `repo:${repository}:environment:${environment.replaceAll(':', '%3A')}`
  return eventName === 'pull_request' ? `repo:${repository}:pull_request` : `repo:${repository}:ref:${ref}`
}
