/** JSON that AWS sends, and what its SDK says. */
@NullMarked
package io.caravan.aws.text;

import org.jspecify.annotations.NullMarked;
