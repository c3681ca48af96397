/** What an invented address of a calendar vendor ends with; nobody reads what is sent there. */
const inventedAddress = /@sms\.cal\.com$/i

/** One plain address that a mail can go to. */
export const isMailable = (address: string | undefined): address is string =>
  address !== undefined &&
  address.length <= 254 &&
  /^[^\s@<>()[\]\\,;:"\p{Cc}]+@[^\s@<>()[\]\\,;:"\p{Cc}]+$/u.test(address) &&
  !inventedAddress.test(address)
