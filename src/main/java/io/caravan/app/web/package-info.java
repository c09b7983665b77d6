/** HTTP for people and scripts: the server, who may look, who may act. */
@NullMarked
package io.caravan.app.web;

import org.jspecify.annotations.NullMarked;
