import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLibraryForm } from './library-form.ts'

// The library's own functions, so that a new version of it is noticed here; it exports no types for them.
const forms = await import(new URL('helpers/user_code_form.js', import.meta.resolve('oidc-provider')).href)

describe('a form of the library', () => {
  it('to sign out leads where the library wants it, with what it hides', () => {
    const html = `<form id="op.logoutForm" method="post" action="http://a.example/oauth2/logout/confirm"><input type="hidden" name="xsrf" value="f00"/></form>`
    const action = 'http://a.example/oauth2/logout/confirm'
    expect(readLibraryForm(html)).toEqual({ action, hidden: { xsrf: 'f00' }, typed: null })
  })

  it('for a code has what was typed, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (code) => {
        const read = readLibraryForm(forms.input('/oauth2/device', 'f00', code, 'base-20'))
        expect(read).toEqual({ action: '/oauth2/device', hidden: { xsrf: 'f00' }, typed: code })
      }),
    )
    expect(readLibraryForm(forms.input('/oauth2/device', 'f00', undefined, 'base-20')).typed).toBeNull()
  })

  it('to confirm a device hides the code and the yes', () => {
    const hidden = { xsrf: 'f00', user_code: `A"<'&`, confirm: 'yes' }
    expect(readLibraryForm(forms.confirm('/oauth2/device', 'f00', `A"<'&`))).toMatchObject({ hidden, typed: null })
  })

  it.each([
    '',
    '<p>',
    '<form method="post"><input type="hidden" name="xsrf" value="1"/></form>',
    '<form action="/x"></form>',
  ])('is not %o', (html) => {
    expect(() => readLibraryForm(html)).toThrow(TypeError)
  })
})
