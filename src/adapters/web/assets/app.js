/* What a page does by itself: stays live, changes without moving anything under hand, listens to the arrow keys. */
;(() => {
  const { htmx } = window
  const root = document.documentElement
  const able = 'EventSource' in window && 'replaceChildren' in Element.prototype && CSS.supports('selector(:has(*))')
  if (!able || !htmx) {
    document.getElementById('old-browser')?.removeAttribute('hidden')
    return
  }

  /** The server's clock, for nobody's own is right. */
  const clockOffset = (Number(root.dataset.now) || Date.now()) - Date.now()
  const now = () => Date.now() + clockOffset

  // ---- Changing a page in place. Elements are known by their ids; what did not change is not touched.

  /** What the server wrote for an element, before the script or the person changed it. */
  const written = new WeakMap()
  /** Lists that wait until hand and focus have left them. */
  const waiting = new Map()

  const remember = (element) => {
    written.set(element, element.outerHTML)
    if (element.hasAttribute('data-keyed')) for (const child of element.children) remember(child)
  }

  const pathTo = (ancestor, element) => {
    const path = []
    for (let at = element; at !== ancestor; at = at.parentElement)
      path.unshift([...at.parentElement.children].indexOf(at))
    return path
  }

  const replace = (old, next, inserted) => {
    const selection = window.getSelection()
    if (selection && !selection.isCollapsed && old.contains(selection.anchorNode)) return
    const active = document.activeElement
    const focusPath = active && old.contains(active) ? pathTo(old, active) : undefined
    const opened = [old, ...old.querySelectorAll('details[id]')].filter((one) => one.open && one.id).map(({ id }) => id)
    const { scrollLeft, scrollTop } = old
    remember(next)
    for (const one of [next, ...next.querySelectorAll('details[id]')]) if (opened.includes(one.id)) one.open = true
    old.replaceWith(next)
    if (scrollLeft || scrollTop) next.scrollTo({ left: scrollLeft, top: scrollTop, behavior: 'instant' })
    if (focusPath) focusPath.reduce((at, index) => at?.children[index], next)?.focus({ preventScroll: true })
    inserted.push(next)
  }

  const reconcile = (old, next, inserted) => {
    const text = next.outerHTML
    if (written.get(old) === text) return
    if (!old.hasAttribute('data-keyed') || !next.hasAttribute('data-keyed')) return replace(old, next, inserted)
    if (reconcileChildren(old, next, inserted)) written.set(old, text)
  }

  const underHand = (list) =>
    !document.hidden &&
    ((window.matchMedia('(hover: hover)').matches && list.matches(':hover')) ||
      (list.contains(document.activeElement) && document.hasFocus()))

  /** False: what is new waits, because something in the list is under the pointer or has the focus. */
  const reconcileChildren = (old, next, inserted) => {
    const have = new Map([...old.children].filter(({ id }) => id).map((child) => [child.id, child]))
    const wanted = [...next.children]
    if (old.hasAttribute('data-hold') && underHand(old) && wanted.some(({ id }) => !have.has(id))) {
      waiting.set(old, next)
      for (const child of wanted) {
        const known = have.get(child.id)
        if (known) reconcile(known, child.cloneNode(true), inserted)
      }
      offerWaiting(old)
      return false
    }
    waiting.delete(old)
    removeOffer(old)
    const ids = new Set(wanted.map(({ id }) => id))
    for (const [id, child] of have) if (!ids.has(id)) child.remove()
    let at = old.firstElementChild
    for (const child of wanted) {
      const known = have.get(child.id)
      if (known) {
        if (known === at) at = at.nextElementSibling
        else old.insertBefore(known, at)
        reconcile(known, child, inserted)
      } else {
        remember(child)
        old.insertBefore(child, at)
        inserted.push(child)
        welcome(child)
      }
    }
    return true
  }

  const welcome = (element) => {
    if (element.dataset.notice) notify(element.dataset.notice, element.dataset.href)
    if (!element.matches('li')) return
    element.classList.add('fresh')
    window.setTimeout(() => element.classList.remove('fresh'), 2200)
  }

  const release = (list) => {
    const next = waiting.get(list)
    if (!next) return
    const inserted = []
    waiting.delete(list)
    removeOffer(list)
    if (!list.isConnected) return
    const hold = list.hasAttribute('data-hold')
    list.removeAttribute('data-hold')
    reconcileChildren(list, next, inserted)
    if (hold) list.setAttribute('data-hold', '')
    for (const element of inserted) htmx.process(element)
  }

  const removeOffer = (list) => list.parentElement?.querySelector(':scope > .hold-pill')?.remove()

  const offerWaiting = (list) => {
    if (list.parentElement.querySelector(':scope > .hold-pill')) return
    const pill = document.createElement('button')
    pill.type = 'button'
    pill.className = 'hold-pill'
    pill.textContent = list.dataset.holdLabel ?? '↑'
    pill.addEventListener('click', () => release(list))
    list.before(pill)
    const leave = () =>
      window.setTimeout(() => {
        if (!waiting.has(list)) return
        if (underHand(list) || pill.matches(':hover') || pill === document.activeElement) return
        list.removeEventListener('pointerleave', leave)
        list.removeEventListener('focusout', leave)
        release(list)
      }, 250)
    list.addEventListener('pointerleave', leave)
    list.addEventListener('focusout', leave)
    pill.addEventListener('pointerleave', leave)
    pill.addEventListener('focusout', leave)
  }

  htmx.defineExtension('keyed', {
    isInlineSwap: (style) => style === 'keyed',
    handleSwap: (style, target, fragment) => {
      if (style !== 'keyed') return false
      const next = [...fragment.children].find(({ id }) => id === target.id)
      const inserted = []
      if (next) reconcile(target, next, inserted)
      return inserted
    },
  })

  for (const element of document.querySelectorAll('[data-keyed]')) if (!written.has(element)) remember(element)
  document.addEventListener('htmx:afterSettle', ({ target }) => {
    if (target instanceof Element && target.hasAttribute('data-keyed') && !written.has(target)) remember(target)
  })

  // ---- Notices

  const notify = (text, href) => {
    const toasts = document.getElementById('toasts')
    if (!toasts) return
    const toast = document.createElement('div')
    toast.className = 'toast'
    const said = document.createElement(href ? 'a' : 'span')
    if (href) said.href = href
    said.textContent = text
    const close = document.createElement('button')
    close.type = 'button'
    close.textContent = '×'
    close.setAttribute('aria-label', toasts.dataset.close ?? '')
    close.addEventListener('click', () => toast.remove())
    toast.append(said, close)
    toasts.append(toast)
    while (toasts.children.length > 3) toasts.firstElementChild.remove()
    const leave = () => (toast.matches(':hover, :focus-within') ? window.setTimeout(leave, 2000) : toast.remove())
    window.setTimeout(leave, 8000)
  }

  const asked = (event) => {
    const type = event.detail.requestConfig?.triggeringEvent?.type ?? ''
    return !type.startsWith('sse:') && type !== 'reread'
  }
  for (const name of ['htmx:responseError', 'htmx:sendError', 'htmx:timeout'])
    document.addEventListener(name, (event) => {
      if (asked(event)) notify(document.getElementById('toasts')?.dataset.failed ?? '')
    })
  document.addEventListener('htmx:configRequest', ({ detail }) => {
    for (const [name, value] of [...detail.formData.entries()]) if (value === '') detail.formData.delete(name)
  })

  // ---- One stream for all tabs of a browser. The tab that holds the lock listens and tells the others.

  const kinds =
    'call.updated appointment.updated blocked_time.updated callback.updated agent.updated job.progress alert ring.updated delivery.updated'

  const showState = (state, since) => {
    const mark = document.getElementById('live')
    const text = document.getElementById('live-text')
    if (!mark || !text) return
    mark.hidden = false
    if (mark.dataset.state === state && state !== 'lost') return
    mark.dataset.state = state
    const clock = new Intl.DateTimeFormat('de-DE', {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      ...(mark.dataset.zone ? { timeZone: mark.dataset.zone } : {}),
    })
    const words = state === 'lost' ? `${mark.dataset.lost} ${clock.format(since)}` : mark.dataset[state]
    if (text.textContent !== words) text.textContent = words
  }

  const rereadAll = () => {
    for (const element of document.querySelectorAll('[hx-trigger*="reread"]')) htmx.trigger(element, 'reread')
  }

  const openSource = (url) => {
    const address = new URL(url, location.href)
    const source = new EventTarget()
    const channel = 'BroadcastChannel' in window ? new BroadcastChannel(`frontdesk ${address.pathname}`) : undefined
    let last = Number(address.searchParams.get('since')) || 0
    let lostSince
    let stream
    let timer
    let delay = 1000
    let leading = false
    let closed = false
    let giveUpLock = () => {}

    const setState = (state, since) => {
      lostSince = state === 'lost' ? (since ?? lostSince ?? now()) : undefined
      showState(state, lostSince)
      if (leading) channel?.postMessage({ type: 'state', state, since: lostSince })
    }

    const tell = (kind, seq, data) => {
      if (seq <= last && kind !== 'reread') return
      last = seq
      if (kind === 'reread') return rereadAll()
      source.dispatchEvent(new MessageEvent(kind, { data, lastEventId: String(seq) }))
      for (const value of Object.values(JSON.parse(data)))
        source.dispatchEvent(new MessageEvent(`${kind}#${encodeURIComponent(value)}`, { data }))
    }

    const connect = () => {
      window.clearTimeout(timer)
      stream?.close()
      address.searchParams.set('since', String(last))
      stream = new EventSource(address)
      stream.addEventListener('open', () => {
        delay = 1000
        setState('on')
      })
      stream.addEventListener('error', () => {
        if (closed) return
        setState('lost')
        if (stream.readyState !== EventSource.CLOSED) return
        if (delay === 1000) rereadAll()
        timer = window.setTimeout(connect, delay)
        delay = Math.min(delay * 2, 30_000)
      })
      for (const kind of [...kinds.split(' '), 'reread'])
        stream.addEventListener(kind, ({ data, lastEventId }) => {
          tell(kind, Number(lastEventId), data)
          channel?.postMessage({ type: 'event', kind, seq: Number(lastEventId), data })
        })
    }

    const lead = () => {
      leading = true
      connect()
    }

    channel?.addEventListener('message', ({ data: message }) => {
      if (leading) {
        if (message.type !== 'hello') return
        const state = lostSince === undefined ? (stream?.readyState === 1 ? 'on' : 'connecting') : 'lost'
        channel.postMessage({ type: 'state', state, since: lostSince, seq: last })
        return
      }
      if (message.type === 'event') tell(message.kind, message.seq, message.data)
      if (message.type === 'state') {
        setState(message.state, message.since)
        if (message.seq > last) {
          last = message.seq
          rereadAll()
        }
      }
    })
    if (channel && navigator.locks)
      navigator.locks
        .request(`frontdesk ${address.pathname}`, () => {
          if (closed) return undefined
          lead()
          return new Promise((resolve) => {
            giveUpLock = resolve
          })
        })
        .catch(lead)
    else lead()
    showState('connecting')
    channel?.postMessage({ type: 'hello' })
    window.addEventListener('online', () => leading && !closed && connect())

    source.readyState = 1
    source.close = () => {
      closed = true
      window.clearTimeout(timer)
      stream?.close()
      channel?.close()
      giveUpLock()
    }
    return source
  }
  htmx.createEventSource = openSource

  // ---- Small things

  for (const here of document.querySelectorAll('.agent-tabs [aria-current]')) {
    const tabs = here.parentElement
    tabs.scrollLeft = here.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - here.offsetWidth) / 2
  }

  const duration = (milliseconds) => {
    const seconds = Math.max(0, Math.round(milliseconds / 1000))
    const two = (value) => String(value).padStart(2, '0')
    const hours = Math.floor(seconds / 3600)
    const minutes = Math.floor(seconds / 60) % 60
    return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
  }
  window.setInterval(() => {
    for (const element of document.querySelectorAll('[data-since]'))
      element.textContent = duration(now() - Number(element.dataset.since))
  }, 1000)

  document.addEventListener('keydown', (event) => {
    const more = document.querySelector('details.more[open]')
    if (event.key === 'Escape' && more) {
      more.open = false
      more.querySelector('summary').focus()
    }
    const list = event.target instanceof Element && event.target.closest('[data-rows]')
    if (!list || event.altKey || event.ctrlKey || event.metaKey) return
    const rows = [...list.querySelectorAll('a.row')]
    const at = rows.indexOf(event.target.closest('a.row'))
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
    if (to === undefined || at === -1) return
    event.preventDefault()
    rows[Math.max(0, Math.min(rows.length - 1, to))]?.focus()
  })
  document.addEventListener('click', ({ target }) => {
    const more = document.querySelector('details.more[open]')
    if (more && target instanceof Node && !more.contains(target)) more.open = false
  })
  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof Element)) return
    const form = target.closest('form[data-submit-on-change]')
    if (form?.checkValidity()) form.requestSubmit()
    const filters = target.closest('form#filters')
    const reset = filters?.querySelector('.reset')
    if (reset) reset.hidden = ![...new FormData(filters).values()].some((value) => value !== '')
  })
})()
