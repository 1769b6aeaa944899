/* SPDX-License-Identifier: BSD-2-Clause */
/* twalk_r(3): twalk() with an argument for the caller's function. */
#include <search.h>

typedef void visit_node(const void *node, VISIT when, void *argument);

void twalk_r(const void *root, visit_node *visit, void *argument);

/* A node of musl's tree begins so (src/search/tsearch.h). */
struct node {
	const void *key;
	const struct node *below[2];
};

void twalk_r(const void *root, visit_node *visit, void *argument)
{
	const struct node *n = root;

	if (!n)
		return;
	if (!n->below[0] && !n->below[1]) {
		visit(n, leaf, argument);
		return;
	}
	visit(n, preorder, argument);
	twalk_r(n->below[0], visit, argument);
	visit(n, postorder, argument);
	twalk_r(n->below[1], visit, argument);
	visit(n, endorder, argument);
}
