/** Where a process can be made to die, so that tests may show that no moment of its death does harm, and what the machine refuses it. */
@NullMarked
package dev.plumbline.schemas.fault;

import org.jspecify.annotations.NullMarked;
