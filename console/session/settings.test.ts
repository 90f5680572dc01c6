import { expect, it } from 'vitest'
import { loadSettings, settingsOf } from './settings.ts'

const settings = {
  issuer: 'https://e.example',
  clientId: 'c',
  scope: 'openid',
  defaultOrganization: 'default',
  version: '1',
}

it('settings are read as the server tells them, and no more', () => {
  expect(settingsOf({ ...settings, more: 1 })).toEqual(settings)
})

it.each(Object.keys(settings))('settings without %s are none', (name) => {
  expect(() => settingsOf({ ...settings, [name]: undefined })).toThrow(name)
})

it('a server that does not answer with them is named by its status', async () => {
  await expect(loadSettings(async () => new Response('', { status: 503 }))).rejects.toThrow('503')
})
