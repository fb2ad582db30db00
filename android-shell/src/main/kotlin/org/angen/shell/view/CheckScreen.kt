package org.angen.shell.view
class CheckScreen : android.app.Activity()
