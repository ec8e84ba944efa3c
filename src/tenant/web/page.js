// Active users, licenses and groups, kept up to date by a delta query. It speaks to Graph as any other client does, signed in
// by device code as the administrator.
const CLIENT = '14d82eec-204b-4c2f-b7e8-296a70dab67e'
const FIELDS = 'id,displayName,userPrincipalName,department,usageLocation,accountEnabled,assignedLicenses,licenseAssignmentStates'
const SCOPES = 'User.ReadWrite.All LicenseAssignment.ReadWrite.All Group.Read.All Organization.Read.All'
const find = selector => document.querySelector(selector)
const state = { token: '', products: new Map(), groups: new Map(), users: new Map(), chosen: new Set(), next: null, link: null }

async function form(path, values) {
  const answer = await fetch(path, { method: 'POST', body: new URLSearchParams(values) })
  return answer.headers.get('content-type')?.includes('json') ? answer.json() : {}
}

async function signIn() {
  const begun = await form('/organizations/oauth2/v2.0/devicecode', { client_id: CLIENT, scope: SCOPES })
  await form('/device', { user_code: begun.user_code })
  const answer = await form('/organizations/oauth2/v2.0/token', { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', client_id: CLIENT, device_code: begun.device_code })
  if (!answer.access_token) throw new Error(answer.error_description)
  state.token = answer.access_token
}

async function graph(path, options = {}) {
  const headers = { Authorization: `Bearer ${state.token}`, ConsistencyLevel: 'eventual', ...(options.body && { 'Content-Type': 'application/json' }) }
  const answer = await fetch(path.startsWith('http') ? path : `/v1.0/${path}`, { ...options, headers })
  if (answer.status === 401) {
    await signIn()
    return graph(path, options)
  }
  const body = answer.status === 204 ? {} : await answer.json()
  if (!answer.ok) throw new Error(body.error.message)
  return body
}

function cell(row, content, kind) {
  const td = row.insertCell()
  if (content instanceof Node) td.append(content)
  else td.textContent = content ?? ''
  if (kind) td.className = kind
  return td
}

function tag(text, kind, title) {
  const span = document.createElement('span')
  span.className = `tag ${kind}`
  span.textContent = text
  span.title = title
  return span
}

const productName = id => state.products.get(id)?.skuPartNumber ?? id

function licensesOf(user) {
  const all = document.createDocumentFragment()
  for (const path of user.licenseAssignmentStates ?? []) {
    const group = path.assignedByGroup && (state.groups.get(path.assignedByGroup)?.displayName ?? path.assignedByGroup)
    const wrong = path.error && path.error !== 'None'
    all.append(tag(productName(path.skuId), `${group ? 'inherited' : ''} ${wrong ? 'error' : ''}`, wrong ? path.error : group ? `by the group ${group}` : 'direct'))
  }
  return all
}

function fillUser(row, user) {
  row.replaceChildren()
  row.dataset.id = user.id
  const box = document.createElement('input')
  box.type = 'checkbox'
  box.checked = state.chosen.has(user.id)
  box.ariaLabel = `Choose ${user.displayName}`
  box.onchange = () => { box.checked ? state.chosen.add(user.id) : state.chosen.delete(user.id); showChosen() }
  cell(row, box)
  for (const text of [user.displayName, user.userPrincipalName, user.department, user.usageLocation]) cell(row, text)
  cell(row, licensesOf(user))
  cell(row, user.accountEnabled ? 'allowed' : 'blocked')
}

function showUsers(users, append) {
  const body = find('#users tbody')
  if (!append) body.replaceChildren(), state.users.clear()
  for (const user of users) {
    state.users.set(user.id, user)
    fillUser(body.insertRow(), user)
  }
  find('#more').hidden = !state.next
}

async function loadUsers() {
  const values = new FormData(find('#search'))
  const options = new URLSearchParams({ $select: FIELDS, $top: '50', $count: 'true' })
  const words = values.get('words').replace(/["\\]/g, '')
  if (words) options.set('$search', `"displayName:${words}"`)
  if (values.get('product')) options.set('$filter', `assignedLicenses/any(s:s/skuId eq ${values.get('product')})`)
  const page = await graph(`users?${options}`)
  state.next = page['@odata.nextLink']
  showUsers(page.value, false)
}

async function moreUsers() {
  const page = await graph(state.next)
  state.next = page['@odata.nextLink']
  showUsers(page.value, true)
}

function option(value, text) {
  const item = document.createElement('option')
  item.value = value
  item.textContent = text
  return item
}

async function loadProducts() {
  const { value } = await graph('subscribedSkus')
  const first = state.products.size === 0
  state.products = new Map(value.map(sku => [sku.skuId, sku]))
  const body = find('#licenses tbody')
  body.replaceChildren()
  for (const sku of value) {
    const row = body.insertRow(), owned = sku.prepaidUnits.enabled + sku.prepaidUnits.warning
    cell(row, sku.skuPartNumber)
    cell(row, sku.consumedUnits, 'number')
    cell(row, owned, 'number')
    cell(row, Math.max(0, owned - sku.consumedUnits), 'number')
    cell(row, sku.capabilityStatus)
  }
  if (!first) return
  find('#search select').append(option('', 'All products'), ...value.map(sku => option(sku.skuId, sku.skuPartNumber)))
  find('#chosen select').append(...value.map(sku => option(sku.skuId, sku.skuPartNumber)))
}

async function loadGroups() {
  const { value } = await graph('groups?$select=id,displayName,groupTypes,mailEnabled,assignedLicenses,licenseProcessingState&$top=200')
  state.groups = new Map(value.map(group => [group.id, group]))
  const body = find('#groups tbody')
  body.replaceChildren()
  for (const group of value) {
    const row = body.insertRow(), licenses = document.createDocumentFragment()
    for (const license of group.assignedLicenses) licenses.append(tag(productName(license.skuId), '', ''))
    cell(row, group.displayName)
    cell(row, group.groupTypes.includes('Unified') ? 'Microsoft 365' : group.mailEnabled ? 'distribution' : group.groupTypes.length ? 'dynamic' : 'security')
    cell(row, licenses)
    cell(row, group.licenseProcessingState?.state)
  }
}

function showChosen() {
  find('#chosen').hidden = state.chosen.size === 0
  find('#chosen span').textContent = `${state.chosen.size} chosen:`
}

// One $batch for each twenty users; what Graph refuses is told by name.
async function removeLicense() {
  const sku = find('#chosen select').value, users = [...state.chosen], refused = []
  for (let at = 0; at < users.length; at += 20) {
    const requests = users.slice(at, at + 20).map(id => ({ id, method: 'POST', url: `/users/${id}/assignLicense`, headers: { 'Content-Type': 'application/json' },
      body: { addLicenses: [], removeLicenses: [sku] } }))
    const { responses } = await graph('$batch', { method: 'POST', body: JSON.stringify({ requests }) })
    for (const part of responses) {
      if (part.status === 200) state.chosen.delete(part.id)
      else refused.push(`${state.users.get(part.id)?.displayName ?? part.id}: ${part.body.error.message}`)
    }
  }
  showChosen()
  await watch()
  if (refused.length) throw new Error(refused.join('\n'))
}

async function refresh(id) {
  const row = find(`#users tr[data-id="${id}"]`)
  if (!row) return
  const user = await graph(`users/${id}?$select=${FIELDS}`).catch(() => null)
  if (!user) return row.remove()
  state.users.set(id, user)
  fillUser(row, user)
  row.classList.remove('changed')
  void row.offsetWidth // so that the animation begins anew
  row.classList.add('changed')
}

async function watch() {
  let link = state.link ?? 'users/delta?$deltatoken=latest&$select=displayName,userPrincipalName,department,usageLocation,accountEnabled,assignedLicenses', changed = []
  while (link) {
    const page = await graph(link)
    changed = changed.concat(page.value)
    link = page['@odata.nextLink']
    state.link = page['@odata.deltaLink'] ?? state.link
  }
  if (!changed.length) return
  find('#live').textContent = `${changed.length} changed, ${new Date().toLocaleTimeString()}`
  await loadProducts()
  for (const item of changed) await refresh(item.id)
}

async function guarded(work) {
  const problem = find('#problem')
  try {
    await work()
    problem.hidden = true
  } catch (error) {
    problem.textContent = error.message
    problem.hidden = false
  }
}

function show(view) {
  for (const section of document.querySelectorAll('section')) section.hidden = section.id !== view
  for (const button of document.querySelectorAll('[role=tab]')) button.ariaSelected = String(button.dataset.view === view)
  if (view === 'groups') guarded(loadGroups)
}

for (const button of document.querySelectorAll('[role=tab]')) button.onclick = () => show(button.dataset.view)
find('#search').onsubmit = event => { event.preventDefault(); guarded(loadUsers) }
find('#search select').onchange = () => guarded(loadUsers)
find('#more').onclick = () => guarded(moreUsers)
find('#remove').onclick = () => guarded(removeLicense)
find('#all').onchange = event => {
  for (const id of state.users.keys()) event.target.checked ? state.chosen.add(id) : state.chosen.delete(id)
  for (const box of document.querySelectorAll('#users tbody input')) box.checked = event.target.checked
  showChosen()
}

await guarded(async () => {
  await signIn()
  await loadProducts()
  await loadGroups()
  await loadUsers()
  await watch()
})
setInterval(() => guarded(watch), 2000)
