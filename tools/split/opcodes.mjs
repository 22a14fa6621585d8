// Instructions and the other bytes of a body that the tools write or tell apart (core
// specification, 5.4).

export const UNREACHABLE = 0x00;
export const IF = 0x04;
export const END = 0x0b;
export const CALL = 0x10;
export const CALL_INDIRECT = 0x11;
export const RETURN_CALL = 0x12;
export const LOCAL_GET = 0x20;
export const GLOBAL_SET = 0x24;
export const TABLE_GET = 0x25;
export const I32_CONST = 0x41;
export const I64_CONST = 0x42;
export const REF_IS_NULL = 0xd1;
export const REF_FUNC = 0xd2;
/** Each begins a group of instructions, whose number follows. */
export const BULK = 0xfc;
export const VECTOR = 0xfd;

/** Types: of a value, of an element, of a function, and of a block that gives nothing. */
export const I32 = 0x7f;
export const FUNCREF = 0x70;
export const FUNCTION_TYPE = 0x60;
export const NOTHING = 0x40;
