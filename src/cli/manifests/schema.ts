/** `entente schema`: the form of manifests, for editors; needs no server. */
import { Command } from 'commander'
import { manifestFault } from './faults.ts'
import { kindOf } from './kinds.ts'
import { run, say } from './run.ts'

const HELP = `
Editors with the YAML language server complete and check manifests by it. Write
it to a file once, and name that file in the first line of a manifest:
  entente schema > entente.schema.json
  # yaml-language-server: $schema=./entente.schema.json

A server publishes the schema of its own version to everybody:
  # yaml-language-server: $schema=https://id.example.com/apis/entente.dev/v1/schema.json

Or for many files at once, in the settings of the editor:
  "yaml.schemas": { "./entente.schema.json": "manifests/*.yaml" }

Examples:
  entente schema > entente.schema.json
  entente schema trust`

export function schemaCommand(): Command {
  return new Command('schema')
    .description('print the JSON Schema of manifests, for editors')
    .argument('[kind]', 'only this kind: plural, singular or short name')
    .addHelpText('after', HELP)
    .action(schema)
}

function schema(word: string | undefined): Promise<void> {
  return run(async () => {
    const kind = word === undefined ? undefined : kindOf(word).kind
    // Loaded when it is asked for: it brings all faces with it, and the other commands start faster without.
    const { manifestsSchema } = await import('../../faces/manifests/schema/json-schema.ts')
    const printed = manifestsSchema(kind)
    if (kind !== undefined && !Object.hasOwn(Object(printed).definitions, kind)) {
      throw manifestFault('cli.called_wrongly', {
        message: `Documents of kind ${kind} are read only: they have no schema.`,
      })
    }
    say(JSON.stringify(printed, null, 2))
    return 0
  })
}
