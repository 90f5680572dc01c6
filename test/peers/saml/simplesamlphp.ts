/** SimpleSAMLphp as it is packaged, on PHP's own web server, with a configuration that exists as long as it runs. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../../src/cli/demo/server-process.ts'
import { type Browser, openBrowser } from '../../../src/planes/openid-provider/testing/browser.ts'
import {
  type Agreement,
  formOn,
  makeKeyPair,
  PEOPLE,
  type Posted,
  type SamlIdentityProvider,
  type Sent,
  untilAnswered,
} from './identity-provider.ts'

const FORMATS = {
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  emailAddress: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  transient: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
} as const

/** `root` is where the package lies. Its log is shown where it does not start. */
export async function startSimpleSamlPhp(root: string): Promise<SamlIdentityProvider> {
  const folder = mkdtempSync(join(tmpdir(), 'entente-simplesamlphp-'))
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  for (const name of ['metadata', 'cert', 'log', 'data', 'tmp', 'sessions'])
    mkdirSync(join(folder, name), { recursive: true })
  const { keyPem, certificatePem } = await makeKeyPair('simplesamlphp')
  writeFileSync(join(folder, 'cert/idp.pem'), keyPem)
  writeFileSync(join(folder, 'cert/idp.crt'), certificatePem)
  writeFileSync(join(folder, 'config.php'), configOf(folder, origin))
  writeFileSync(join(folder, 'authsources.php'), peopleOf())
  writeFileSync(join(folder, 'metadata/saml20-idp-hosted.php'), HOSTED)
  writeFileSync(join(folder, 'metadata/saml20-sp-remote.php'), REMOTE)
  const args = [
    '-d',
    `session.save_path=${join(folder, 'sessions')}`,
    '-d',
    'display_errors=0',
    '-d',
    'error_log=/dev/stderr',
  ]
  const child = spawn('php', [...args, '-S', `127.0.0.1:${port}`, '-t', join(root, 'www')], {
    env: { PATH: process.env.PATH, SIMPLESAMLPHP_CONFIG_DIR: folder, PHP_CLI_SERVER_WORKERS: '2' },
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own: the workers end with it.
    detached: true,
  })
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4_000)
  })
  const metadataUrl = `${origin}/saml2/idp/metadata.php`
  try {
    await untilAnswered(metadataUrl)
  } catch (error) {
    endGroup(child)
    throw new Error(`SimpleSAMLphp did not start: ${said}`, { cause: error })
  }
  let agreed = 0
  const browsers = new Map<string, Browser>()
  return {
    origin,
    entityId: metadataUrl,
    metadataUrl,
    loginAttribute: { principal_type: 'ATTRIBUTE', principal_attribute: 'uid' },
    async agree(xml, agreement) {
      agreed += 1
      writeFileSync(join(folder, `sp-${agreed}.xml`), xml)
      writeFileSync(join(folder, `sp-${agreed}.json`), JSON.stringify(optionsOf(agreement)))
    },
    logIn: goThrough,
    browserOf,
    logoutUrl: () =>
      `${origin}/saml2/idp/SingleLogoutService.php?ReturnTo=${encodeURIComponent(`${origin}/logout.php`)}`,
    unsolicited: (entityId, login) =>
      goThrough(
        { url: `${origin}/saml2/idp/SSOService.php?spentityid=${encodeURIComponent(entityId)}`, form: null },
        login,
      ),
    async stop() {
      endGroup(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }

  function browserOf(login: string): Browser {
    const browser = browsers.get(login) ?? openBrowser(origin)
    browsers.set(login, browser)
    return browser
  }

  async function goThrough({ url, form }: Sent, login: string): Promise<Posted> {
    const browser = browserOf(login)
    const page = await browser.go(url, form === null ? {} : { form })
    const isLogin = page.text.includes('name="password"')
    const next = isLogin ? await browser.submit(page, { username: login, password: login }) : page
    if (!next.text.includes('name="SAMLResponse"')) {
      throw new Error(`no response at ${next.url}: ${next.text}\n${readFileSync(join(folder, 'log/ssp.log'), 'utf8')}`)
    }
    return formOn(next)
  }
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

function optionsOf({ nameId, signs, encrypts = false, demandsSignedRequests = false }: Agreement) {
  return {
    NameIDFormat: FORMATS[nameId],
    'saml20.sign.response': signs.includes('response'),
    'saml20.sign.assertion': signs.includes('assertion'),
    'assertion.encryption': encrypts,
    'validate.authnrequest': demandsSignedRequests,
    'validate.logout': true,
    'sign.logout': true,
  }
}

function configOf(folder: string, origin: string): string {
  return `<?php
$config = [
  'baseurlpath' => '${origin}/',
  'certdir' => '${folder}/cert/', 'loggingdir' => '${folder}/log/', 'datadir' => '${folder}/data/', 'tempdir' => '${folder}/tmp',
  'metadatadir' => '${folder}/metadata/',
  'logging.handler' => 'file', 'logging.logfile' => 'ssp.log', 'logging.level' => \\SimpleSAML\\Logger::DEBUG,
  'secretsalt' => 'a-salt-of-the-tests', 'auth.adminpassword' => 'nobody-needs-it', 'admin.protectindexpage' => true,
  'technicalcontact_name' => 'Nobody', 'technicalcontact_email' => 'nobody@corp.example', 'timezone' => 'UTC',
  'language.default' => 'en', 'language.available' => ['en'],
  'enable.saml20-idp' => true,
  'module.enable' => ['core' => true, 'exampleauth' => true, 'saml' => true],
  'store.type' => 'phpsession', 'session.phpsession.cookiename' => 'SimpleSAMLphp', 'session.cookie.secure' => false,
  'session.phpsession.savepath' => '${folder}/sessions',
  'metadata.sources' => [['type' => 'flatfile', 'directory' => '${folder}/metadata']],
];
`
}

function peopleOf(): string {
  const entries = PEOPLE.map(({ login, mail, name, groups }) => {
    const listed = groups.map((group) => `'${group}'`).join(', ')
    return `    '${login}:${login}' => ['uid' => ['${login}'], 'mail' => ['${mail}'], 'displayName' => ['${name}'], 'groups' => [${listed}]],`
  })
  return `<?php\n$config = ['people' => ['exampleauth:UserPass',\n${entries.join('\n')}\n]];\n`
}

const HOSTED = `<?php
$metadata['__DYNAMIC:1__'] = [
  'host' => '__DEFAULT__', 'privatekey' => 'idp.pem', 'certificate' => 'idp.crt', 'auth' => 'people',
  'SingleSignOnServiceBinding' => ['urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'],
  'SingleLogoutServiceBinding' => ['urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'],
  'signature.algorithm' => 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'attributes.NameFormat' => 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic',
  'userid.attribute' => 'uid',
  'authproc' => [
    1 => ['class' => 'saml:AttributeNameID', 'attribute' => 'mail', 'Format' => '${FORMATS.emailAddress}'],
    2 => ['class' => 'saml:PersistentNameID', 'attribute' => 'uid'],
    3 => ['class' => 'saml:TransientNameID'],
  ],
];
`

/** Our metadata are read by SimpleSAMLphp's own parser, and what was agreed on is put beside. */
const REMOTE = `<?php
foreach (glob(dirname(__DIR__) . '/sp-*.xml') as $file) {
  $options = json_decode(file_get_contents(substr($file, 0, -3) . 'json'), true);
  foreach (\\SimpleSAML\\Metadata\\SAMLParser::parseDescriptorsFile($file) as $id => $entity) {
    $metadata[$id] = array_merge($entity->getMetadata20SP(), $options);
  }
}
`
