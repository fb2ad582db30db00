package org.angen.shell.view
class EnterprisesScreen : android.app.Activity()
