// Package desk is the 工作台: what each kind of person can do, one verb each. Every
// verb takes the actor first, and the actor's type is the permission: who has no
// portal.Contact cannot call Accept. What is not the actor's is not found.
package desk
