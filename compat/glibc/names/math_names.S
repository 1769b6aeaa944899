/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Functions for the types of 32 and 64 bits that <math.h> calls _Float32,
 * _Float64, _Float32x and _Float64x (ISO TS 18661-3). On x86-64 these are
 * float, double, double and long double: each name is a jump.
 */
.macro same name, target
	.section .text.\name, "ax", @progbits
	.globl \name
	.type \name, @function
\name:	jmp \target
	.size \name, . - \name
.endm

.macro floats name, end
	same \name\()f32\end, \name\()f\end
	same \name\()f64\end, \name\end
	same \name\()f32x\end, \name\end
	same \name\()f64x\end, \name\()l\end
.endm

	.irp name, acos, acosh, asin, asinh, atan, atan2, atanh, cabs, cacos
	floats \name
	.endr
	.irp name, cacosh, canonicalize, carg, casin, casinh, catan, catanh, cbrt
	floats \name
	.endr
	.irp name, ccos, ccosh, ceil, cexp, cimag, clog, conj, copysign, cos, cosh
	floats \name
	.endr
	.irp name, cpow, cproj, creal, csin, csinh, csqrt, ctan, ctanh, erf, erfc
	floats \name
	.endr
	.irp name, exp, exp10, exp2, expm1, fabs, fdim, floor, fma, fmax, fmaximum
	floats \name
	.endr
	.irp name, fmaximum_mag, fmaximum_mag_num, fmaximum_num, fmaxmag, fmin
	floats \name
	.endr
	.irp name, fminimum, fminimum_mag, fminimum_mag_num, fminimum_num, fminmag
	floats \name
	.endr
	.irp name, fmod, frexp, fromfp, fromfpx, getpayload, hypot, ilogb, ldexp
	floats \name
	.endr
	.irp name, lgamma, llogb, llrint, llround, log, log10, log1p, log2, logb
	floats \name
	.endr
	.irp name, lrint, lround, modf, nan, nearbyint, nextafter, nextdown, nextup
	floats \name
	.endr
	.irp name, pow, remainder, remquo, rint, round, roundeven, scalbln, scalbn
	floats \name
	.endr
	.irp name, setpayload, setpayloadsig, sin, sincos, sinh, sqrt, tan, tanh
	floats \name
	.endr
	.irp name, tgamma, totalorder, totalordermag, trunc, ufromfp, ufromfpx
	floats \name
	.endr
	floats lgamma, _r
	/* musl has no long double ones of these. */
	same j0f32, j0f
	same j0f64, j0
	same j0f32x, j0
	same j1f32, j1f
	same j1f64, j1
	same j1f32x, j1
	same jnf32, jnf
	same jnf64, jn
	same jnf32x, jn
	same y0f32, y0f
	same y0f64, y0
	same y0f32x, y0
	same y1f32, y1f
	same y1f64, y1
	same y1f32x, y1
	same ynf32, ynf
	same ynf64, yn
	same ynf32x, yn

	/* The results of narrowing operations. */
	.irp name, add, sub, mul, div, sqrt
	same f32\name\()f64, f\name
	same f32\name\()f32x, f\name
	same f32\name\()f64x, f\name\()l
	same f64\name\()f64x, d\name\()l
	same f32x\name\()f64x, d\name\()l
	.endr

	.section .note.GNU-stack, "", @progbits
