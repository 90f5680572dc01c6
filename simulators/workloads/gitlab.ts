import { hexOf, numberOf, textOf } from './made-up.ts'
import { oidcSource } from './oidc-source.ts'
import type { Claims } from './source.ts'

/** Source: GitLab documentation, "OpenID Connect (OIDC) Authentication Using ID Tokens", token payload. */
export const gitlab = oidcSource({
  name: 'gitlab',
  title: 'GitLab CI',
  summary: 'ID tokens of CI jobs; --issuer gitlab=https://gitlab.example plays a server of one’s own',
  wellKnownProvider: 'GITLAB_CI',
  issuer: 'https://gitlab.com',
  keysPath: '/oauth/discovery/keys',
  algorithm: 'RS256',
  // The usual time limit of a job.
  lifetimeSeconds: 3_600,
  notBeforeSeconds: 5,
  tokenVariable: 'ENTENTE_ID_TOKEN',
  claims,
})

function claims(wish: Claims, issuer: string): Record<string, unknown> {
  const project = textOf(wish, 'project_path', 'octo-group/payments')
  const namespace = textOf(wish, 'namespace_path', project.slice(0, Math.max(0, project.lastIndexOf('/'))))
  const ref = textOf(wish, 'ref', 'main')
  const refType = textOf(wish, 'ref_type', 'branch')
  const user = textOf(wish, 'user_login', 'octocat')
  const refPath = `refs/${refType === 'tag' ? 'tags' : 'heads'}/${ref}`
  const isMain = ref === 'main' ? 'true' : 'false'
  const sha = hexOf(`${project} ${ref}`, 40)
  return {
    sub: `project_path:${project}:ref_type:${refType}:ref:${ref}`,
    namespace_id: numberOf(namespace),
    namespace_path: namespace,
    project_id: numberOf(project),
    project_path: project,
    user_id: numberOf(user),
    user_login: user,
    user_email: `${user}@example.com`,
    user_access_level: 'maintainer',
    pipeline_id: numberOf(`${project} ${ref} pipeline`),
    pipeline_source: 'push',
    job_id: numberOf(`${project} ${ref} job`),
    ref,
    ref_type: refType,
    ref_path: refPath,
    ref_protected: isMain,
    // The one claim that is a number.
    runner_id: 12,
    runner_environment: 'gitlab-hosted',
    sha,
    project_visibility: 'private',
    ci_config_ref_uri: `${new URL(issuer).host}/${project}//.gitlab-ci.yml@${refPath}`,
    ci_config_sha: sha,
    ...(typeof wish.environment === 'string'
      ? {
          environment: wish.environment,
          environment_protected: isMain,
          deployment_tier: wish.environment,
          environment_action: 'start',
        }
      : {}),
  }
}
