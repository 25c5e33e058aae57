#include "store/store.h"
int report_pdf_child_main(void); int report_pdf_child_main(void){return 1;}
enum err store_backup(struct store *s, const char *file, struct err_info *e){(void)s;(void)file;return err_set(e,ERR_FAILED,NULL,"x",NULL,NULL);}
enum err store_restore(const char *w, const char *file, struct arena *a, const char **aside, struct err_info *e){(void)w;(void)a;(void)aside;(void)file;return err_set(e,ERR_FAILED,NULL,"x",NULL,NULL);}
